import { Link, Outlet } from '@tanstack/react-router';
import { usePath } from '../shell/use-path.ts';
import { cx } from '../ui/class-names.ts';

const TABS = [
  ['/settings/models', 'Models'],
  ['/settings/permissions', 'Permissions'],
] as const;

/** The settings, one page for each kind of them. */
export function SettingsPage() {
  const path = usePath();
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 px-4 py-4 sm:px-6 sm:py-5">
        <header>
          <h1 className="text-xl font-semibold tracking-tight">Settings</h1>
          <nav aria-label="Settings" className="mt-3 flex gap-1 border-b border-line">
            {TABS.map(([to, label]) => (
              <Link
                key={to}
                to={to}
                aria-current={path === to ? 'page' : undefined}
                className={cx(
                  '-mb-px flex h-9 items-center border-b-2 px-3 text-sm font-medium pointer-coarse:h-11',
                  path === to ? 'border-accent text-ink' : 'border-transparent text-muted hover:text-ink',
                )}
              >
                {label}
              </Link>
            ))}
          </nav>
        </header>
        <Outlet />
      </div>
    </div>
  );
}
