/* How menus that drop down look. */

export const MENU =
  'z-50 min-w-44 animate-enter rounded-xl border border-line bg-raised p-1 shadow-pop max-h-[min(24rem,70dvh)] overflow-y-auto';
export const MENU_ITEM =
  'flex min-h-8 cursor-pointer items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-highlighted:bg-hover pointer-coarse:min-h-11';
