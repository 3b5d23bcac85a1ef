/** Elements in one line. Text goes in as text nodes alone: the page's policy forbids anything else. */
type Child = Node | string | undefined | false;
type Properties = Readonly<Record<string, string | boolean | ((event: Event) => void)>>;

/** `onclick` and its kin become listeners, `true` an empty attribute, `false` none. */
export function el<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Properties = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === 'function') node.addEventListener(key.slice(2), value);
    else if (value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  for (const child of children) if (child !== undefined && child !== false) node.append(child);
  return node;
}

/** Sets text only where it differs: a live region speaks at each change. */
export function say(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** A button that leaves the focus where it was when it is pressed by mouse or finger: keys go on voting. */
export function button(properties: Properties, ...children: Child[]): HTMLButtonElement {
  return el('button', { type: 'button', onmousedown: (event) => event.preventDefault(), ...properties }, ...children);
}
