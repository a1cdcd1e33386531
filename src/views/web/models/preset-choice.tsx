import { Cloud, HardDrive, Route, Server } from 'lucide-react';
import type { Preset } from './model-form.ts';

interface PresetChoiceProps {
  readonly presets: readonly Preset[];
  onChoose(preset: Preset): void;
}

/** Where a model runs: the places that many use, and any other. */
export function PresetChoice({ presets, onChoose }: PresetChoiceProps) {
  return (
    <ul className="grid gap-2 pb-3 sm:grid-cols-2">
      {presets.map((preset) => {
        const Icon = iconOf(preset);
        return (
          <li key={preset.name}>
            <button
              type="button"
              onClick={() => onChoose(preset)}
              className="flex w-full items-center gap-3 rounded-lg border border-line px-3 py-2.5 text-left hover:border-line-strong hover:bg-hover"
            >
              <Icon className="size-4 shrink-0 text-muted" aria-hidden />
              <span className="min-w-0">
                <span className="block truncate text-sm font-medium">{preset.title}</span>
                <span className="block truncate text-xs text-muted">{aboutOf(preset)}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

const isHere = ({ baseUrl }: Preset): boolean => baseUrl?.includes('//localhost') === true;

function iconOf(preset: Preset) {
  if (preset.name === 'other') return Server;
  if (preset.name === 'openrouter') return Route;
  return isHere(preset) ? HardDrive : Cloud;
}

function aboutOf(preset: Preset): string {
  if (preset.name === 'other') return 'At an address of your own';
  return isHere(preset) ? 'On this machine' : 'With a key of yours';
}
