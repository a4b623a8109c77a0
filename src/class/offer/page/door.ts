/** The form: the class's code and a name; or back to where one was. */
import type { OfferWords } from '../../../page/words/offer/en.ts';

export interface Given {
  code: string;
  name: string;
}

export interface DoorOptions {
  words: OfferWords['page'];
  /** There is a place to go back to. */
  canGoBack(): boolean;
  enter(given: Given): void;
  goBack(): void;
  forget(): void;
}

export interface Door {
  show(said?: string): void;
  hide(): void;
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  set: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), set);
  made.append(...children);
  return made;
}

export function createDoor(root: HTMLElement, options: DoorOptions): Door {
  const { words } = options;
  let canGoBack = false;
  const typed: Given = { code: '', name: '' };
  const draw = (text: string): void => {
    const said = element('p', { className: 'said', role: 'alert' }, text);
    const title = element('h1', {}, words.title);
    if (canGoBack) {
      const again = element('button', { type: 'button', className: 'main' }, words.again);
      again.addEventListener('click', () => options.goBack());
      const other = element('button', { type: 'button' }, words.other);
      other.addEventListener('click', () => {
        canGoBack = false;
        options.forget();
        draw('');
      });
      root.replaceChildren(title, said, element('form', {}, element('div', {}, again, other)));
      again.focus();
      return;
    }
    const code = element('input', {
      id: 'code',
      name: 'code',
      required: true,
      autocapitalize: 'characters',
      autocomplete: 'off',
      spellcheck: false,
      maxLength: 64,
      placeholder: 'K7QM4-T9XWB-3HPDT',
      value: typed.code,
    });
    const name = element('input', {
      id: 'name',
      name: 'name',
      required: true,
      autocomplete: 'name',
      maxLength: 64,
      value: typed.name,
    });
    const form = element(
      'form',
      {},
      element('label', {}, words.code, code),
      element('label', {}, words.name, name),
      said,
      element('div', {}, element('button', { className: 'main' }, words.join)),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      Object.assign(typed, { code: code.value.trim(), name: name.value.trim() });
      options.enter({ ...typed });
    });
    root.replaceChildren(title, form);
    (typed.code === '' ? code : name).focus();
  };
  return {
    show(said = '') {
      root.hidden = false;
      canGoBack = options.canGoBack();
      draw(said);
    },
    hide() {
      root.hidden = true;
    },
  };
}
