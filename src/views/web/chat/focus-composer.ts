/** For a button that goes away with what it did: the focus must not fall to the beginning of the page. */
export function focusComposer(): void {
  requestAnimationFrame(() =>
    document
      .querySelector<HTMLElement>('[role=combobox][aria-label=Message]')
      ?.focus({ preventScroll: true }),
  );
}
