/** Where menus are put: inside the page's landmark, so that a screen reader says where one is. */
export function menuContainer(): HTMLElement {
  return document.querySelector('main') ?? document.body
}
