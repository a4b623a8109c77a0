/** Keys that a phone's keyboard has not: each sends what a terminal's key does; Ctrl waits for the next letter. */
const KEYS: readonly (readonly [shown: string, name: string, sent: string])[] = [
  ['Esc', 'Escape', '\x1b'],
  ['Tab', 'Tab', '\t'],
  ['←', 'Left', '\x1b[D'],
  ['↑', 'Up', '\x1b[A'],
  ['↓', 'Down', '\x1b[B'],
  ['→', 'Right', '\x1b[C'],
  ['⏎', 'Enter', '\r'],
  ['?', '?', '?'],
];

export interface Keys {
  /** What is to be sent for what was typed, with Ctrl where that was pressed before. */
  typed(data: string): string;
}

export function createKeys(root: HTMLElement, label: string, send: (data: string) => void): Keys {
  let isCtrl = false;
  const ctrl = document.createElement('button');
  const press = (is: boolean): void => {
    isCtrl = is;
    ctrl.setAttribute('aria-pressed', String(is));
  };
  ctrl.textContent = 'Ctrl';
  press(false);
  ctrl.addEventListener('click', () => press(!isCtrl));
  const others = KEYS.map(([shown, name, sent]) => {
    const button = document.createElement('button');
    button.textContent = shown;
    button.ariaLabel = name;
    button.addEventListener('click', () => send(sent));
    return button;
  });
  for (const button of [ctrl, ...others]) {
    button.type = 'button';
    // The keyboard of the phone stays as it is.
    button.addEventListener('pointerdown', (event) => event.preventDefault());
  }
  root.ariaLabel = label;
  root.replaceChildren(ctrl, ...others);
  return {
    typed(data) {
      if (!isCtrl) return data;
      press(false);
      return /^[a-z@[\\\]^_]$/i.test(data)
        ? String.fromCharCode(data.toUpperCase().charCodeAt(0) & 31)
        : data;
    },
  };
}
