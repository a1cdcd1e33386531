/** The mark: an open ring around a still centre. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={className} aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="#4f46e5" />
      <path
        d="M16 7.5a8.5 8.5 0 1 1-8.5 8.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.75"
        strokeLinecap="round"
      />
      <circle cx="16" cy="16" r="3" fill="#fff" />
    </svg>
  );
}
