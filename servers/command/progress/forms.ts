import { dockerStep } from './docker.ts';
import type { Form } from './form.ts';
import { bracketedPercent, curlBar, curlMeter, git, wget } from './forms-of-programs.ts';
import { countOf, percentOf } from './general.ts';
import { rsync, rsyncFiles } from './rsync.ts';

/** Every form that is recognised, the strongest first. */
export const FORMS: readonly Form[] = [
  rsyncFiles,
  rsync,
  git,
  curlMeter,
  curlBar,
  wget,
  dockerStep,
  bracketedPercent,
  percentOf,
  countOf,
];
