import { RememberedAnswers } from './remembered-answers.tsx';

/** Settings → Permissions: what the assistant need not ask for any more. */
export function PermissionsPage() {
  return (
    <>
      <p className="max-w-md text-sm text-muted">
        Answers that were given once and for all. They hold in every chat, and count more than what a tool
        says of itself.
      </p>
      <RememberedAnswers />
    </>
  );
}
