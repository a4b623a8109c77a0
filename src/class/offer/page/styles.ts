/** Styles of a script's, where a policy lets no text become a style: in sheets, and in the styles of elements. */

/** Stands for an element `style`; its text is the sheet's. */
export function styleSheet(): HTMLElement {
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  const stand = document.createElement('span');
  stand.hidden = true;
  Object.defineProperty(stand, 'textContent', { set: (text: string) => sheet.replaceSync(text) });
  return stand;
}

/** Whoever asks for the attribute, to add to it, gets what is there. */
export function setStyle(element: HTMLElement, text: string): void {
  element.style.cssText = text;
}
