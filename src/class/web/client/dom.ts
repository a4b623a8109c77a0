/**
 * The page as a function of the state: a view is plain nodes, and the document is made to be like it. Elements that stay the
 * same stay, so that focus, what is typed and where one has scrolled to are not lost. All text becomes text nodes; nothing
 * here can make markup of a string.
 */

type Handler = (event: Event) => void;

export interface Props {
  /** Among its siblings: an element with the same key is the same one, wherever it stands now. */
  key?: string;
  class?: string;
  /** `click`, `submit` ...: the last one given is called. */
  on?: Readonly<Record<string, Handler>>;
  /** Set as properties, not as attributes: `value` of a select, `open` of details. */
  set?: Readonly<Record<string, string | boolean | number>>;
  /** Custom properties and heights; by the object model, which the content policy allows. */
  style?: Readonly<Record<string, string>>;
  /** Once, when it has come into the document. */
  ready?: (element: HTMLElement) => void;
  [attribute: string]: unknown;
}

export interface View {
  tag: string;
  props: Props;
  children: readonly Child[];
}
export type Child = View | string | number | false | null | undefined | readonly Child[];

export function h(tag: string, props: Props = {}, ...children: Child[]): View {
  return { tag, props, children };
}

interface Kept {
  view: View;
  handlers: Readonly<Record<string, Handler>>;
}
const kept = new WeakMap<Node, Kept>();
const OWN: readonly string[] = ['key', 'class', 'on', 'set', 'style', 'ready'];

function flat(children: readonly Child[], into: (View | string)[] = []): (View | string)[] {
  for (const child of children) {
    if (child === false || child === null || child === undefined) continue;
    if (Array.isArray(child)) flat(child as readonly Child[], into);
    else into.push(typeof child === 'number' ? String(child) : (child as View | string));
  }
  return into;
}

function setAttribute(element: Element, name: string, value: unknown): void {
  if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value === true ? '' : value))
    element.setAttribute(name, value === true ? '' : String(value));
}

function listen(element: Element, name: string): void {
  element.addEventListener(name, (event) => kept.get(element)?.handlers[name]?.(event));
}

function dress(element: HTMLElement, view: View): void {
  const { props } = view;
  const before = kept.get(element);
  const old: Props = before?.view.props ?? {};
  if (old.class !== props.class) setAttribute(element, 'class', props.class);
  for (const name of Object.keys(old))
    if (!OWN.includes(name) && !(name in props)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(props))
    if (!OWN.includes(name) && old[name] !== value) setAttribute(element, name, value);
  for (const name of Object.keys(old.style ?? {}))
    if (!(name in (props.style ?? {}))) element.style.removeProperty(name);
  for (const [name, value] of Object.entries(props.style ?? {}))
    if (old.style?.[name] !== value) element.style.setProperty(name, value);
  for (const name of Object.keys(props.on ?? {})) if (!(name in (old.on ?? {}))) listen(element, name);
  kept.set(element, { view, handlers: props.on ?? {} });
  fill(element, view.children);
  // After the children: a select has its value only once it has its options.
  for (const [name, value] of Object.entries(props.set ?? {})) {
    const own = element as unknown as Record<string, unknown>;
    // What the user has just chosen stays until the class says otherwise: it is on its way to the host.
    if (old.set?.[name] !== value && own[name] !== value) own[name] = value;
  }
}

const SVG = 'http://www.w3.org/2000/svg';
const DRAWN: readonly string[] = ['svg', 'path', 'rect', 'text'];

function make(view: View | string): Node {
  if (typeof view === 'string') return document.createTextNode(view);
  const element = (
    DRAWN.includes(view.tag) ? document.createElementNS(SVG, view.tag) : document.createElement(view.tag)
  ) as HTMLElement;
  dress(element, view);
  view.props.ready?.(element);
  return element;
}

/** Whether a node of the document can become this one. */
function fits(node: Node | undefined, view: View | string): boolean {
  if (!node) return false;
  if (typeof view === 'string') return node.nodeType === Node.TEXT_NODE;
  const old = kept.get(node)?.view;
  return old !== undefined && old.tag === view.tag && old.props.key === view.props.key;
}

const keyOf = (node: Node) => kept.get(node)?.view.props.key;

/** Makes the children of an element like these. */
export function fill(parent: Node, children: readonly Child[]): void {
  const wanted = flat(children);
  const old = [...parent.childNodes];
  const keyed = new Map(
    old.flatMap((node) => (keyOf(node) === undefined ? [] : [[keyOf(node)!, node] as const])),
  );
  const used = new Set<Node>();
  let at = 0;
  let cursor: Node | null = parent.firstChild;
  for (const view of wanted) {
    let node: Node | undefined;
    const key = typeof view === 'string' ? undefined : view.props.key;
    if (key !== undefined) node = keyed.get(key);
    else {
      while (at < old.length && (used.has(old[at]!) || keyOf(old[at]!) !== undefined)) at++;
      node = old[at];
      if (fits(node, view)) at++;
    }
    if (!node || !fits(node, view) || used.has(node)) {
      node = make(view);
      parent.insertBefore(node, cursor);
    } else {
      if (node === cursor) cursor = cursor.nextSibling;
      else parent.insertBefore(node, cursor);
      if (typeof view === 'string') {
        if (node.nodeValue !== view) node.nodeValue = view;
      } else if (kept.get(node)?.view !== view) dress(node as HTMLElement, view);
    }
    used.add(node);
  }
  for (const node of old) if (!used.has(node) && node.parentNode === parent) parent.removeChild(node);
}

/** As `fill`, and who had the focus has it afterwards, wherever their row has gone to. */
export function draw(parent: Element, children: readonly Child[]): void {
  const focused = document.activeElement as HTMLElement | null;
  fill(parent, children);
  if (focused && focused !== document.activeElement && focused.isConnected)
    focused.focus({ preventScroll: true });
}
