// Before the first paint, so that no page flashes in the other theme. Kept in a file: the page allows no inline script.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('meanwhile.theme');
  } catch {}
  const dark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
