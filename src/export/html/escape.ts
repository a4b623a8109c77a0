/** The only way by which text comes into a page. */
import { htmlAttribute, xmlText } from '../../report/safe.ts';

/** For the content of an element: no control characters, no marks that turn the direction of writing, no markup. */
export const text = xmlText;

/** For an attribute in double quotes. */
export const attribute = htmlAttribute;
