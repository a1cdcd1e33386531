import type { CommandSettings } from '../settings.ts';

/** The settings of a server that was started without options. */
export const settingsForTest = (settings: Partial<CommandSettings>): CommandSettings => ({
  folders: [],
  programs: { allow: [], deny: [] },
  environment: { keep: [], allow: [] },
  input: 'ask',
  shell: '/bin/sh',
  graceMs: 300,
  maxConcurrent: 16,
  maxWaiting: 100,
  ...settings,
});
