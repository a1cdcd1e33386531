import { Link } from '@tanstack/react-router';
import { Check, ChevronDown, Plus, Settings2, Sparkles } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Model } from '../data/types.ts';
import { useModels } from '../models/use-models.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { MENU, MENU_ITEM } from '../ui/menu.ts';

interface ModelPickerProps {
  /** Undefined: whichever is the default. */
  readonly modelId: string | undefined;
  onPick(modelId: string | null): void;
}

const nameOf = ({ title, model }: Model): string => title ?? model;

/** Who answers in this chat. Without any model, the way to the first one. */
export function ModelPicker({ modelId, onPick }: ModelPickerProps) {
  const { data } = useModels();
  if (data === undefined) return null;
  const { models } = data;
  if (models.length === 0)
    return (
      <Link to="/settings/models" className={buttonClass('ghost', 'sm', 'min-w-0 shrink text-accent-ink')}>
        <Plus className="size-3.5 shrink-0" aria-hidden />
        <span className="truncate">Add a model</span>
      </Link>
    );
  const standard = models.find(({ isDefault }) => isDefault);
  const chosen = models.find(({ id }) => id === modelId);
  const shown = chosen ?? standard;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button
          variant="ghost"
          size="sm"
          className="min-w-0 shrink"
          aria-label={`Model: ${shown === undefined ? 'none' : nameOf(shown)}`}
        >
          <Sparkles className="size-3.5 shrink-0 text-muted" aria-hidden />
          <span className="truncate">{shown === undefined ? 'No model' : nameOf(shown)}</span>
          <ChevronDown className="size-3.5 shrink-0 text-muted" aria-hidden />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align="start" side="top" sideOffset={8} className={`${MENU} w-72 max-w-[90vw]`}>
          <DropdownMenu.RadioGroup
            value={chosen?.id ?? ''}
            onValueChange={(id) => onPick(id === '' ? null : id)}
          >
            <DropdownMenu.RadioItem value="" className={MENU_ITEM}>
              <Entry name="The default" about={standard === undefined ? '' : nameOf(standard)} />
            </DropdownMenu.RadioItem>
            <DropdownMenu.Separator className="my-1 h-px bg-line" />
            {models.map((model) => (
              <DropdownMenu.RadioItem key={model.id} value={model.id} className={MENU_ITEM}>
                <Entry
                  name={nameOf(model)}
                  about={model.problem ?? aboutOf(model)}
                  bad={model.problem !== undefined}
                />
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="my-1 h-px bg-line" />
          <DropdownMenu.Item asChild className={MENU_ITEM}>
            <Link to="/settings/models">
              <Settings2 className="size-3.5 text-muted" aria-hidden />
              Models…
            </Link>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const aboutOf = (model: Model): string => {
  const place = model.baseUrl === undefined ? model.provider : hostOf(model.baseUrl);
  return model.title === undefined ? place : `${model.model} · ${place}`;
};

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

function Entry({
  name,
  about,
  bad,
}: {
  readonly name: string;
  readonly about: string;
  readonly bad?: boolean;
}) {
  return (
    <>
      <span className="grid size-3.5 shrink-0 place-items-center">
        <DropdownMenu.ItemIndicator>
          <Check className="size-3.5 text-accent" aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        {about !== '' && (
          <span className={`block truncate text-xs ${bad === true ? 'text-bad' : 'text-muted'}`}>
            {about}
          </span>
        )}
      </span>
    </>
  );
}
