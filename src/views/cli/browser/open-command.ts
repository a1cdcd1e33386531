/** The command that opens a link in the browser of this platform. */
export function openCommand(platform: NodeJS.Platform, link: string): [string, ...string[]] {
  if (platform === 'darwin') return ['open', link];
  // `start` takes its first quoted word for a title; & would end the command.
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', link.replaceAll('&', '^&')];
  return ['xdg-open', link];
}
