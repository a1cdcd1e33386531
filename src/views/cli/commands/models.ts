import type { ModelList } from '../../api/contract/types.ts';
import { ask } from '../client/ask.ts';
import { findHost } from '../client/find-host.ts';
import { EXIT } from '../exit-status.ts';
import { plainTable } from '../render/plain-table.ts';
import { oneLine } from '../render/plain-text.ts';
import type { Shell } from '../terminal/shell.ts';
import { writeLines } from '../terminal/write-text.ts';

/** The models that are set up; of keys only whether there is one, and how it ends. */
export async function models(shell: Shell, { json = false }: { json?: boolean }): Promise<number> {
  const { stdout, stderr } = shell;
  const { text, body } = await ask<ModelList>(await findHost(shell.env), '/api/models');
  if (json) {
    stdout.write(`${text.trimEnd()}\n`);
    return EXIT.ok;
  }
  if (body.configError) stderr.write(`meanwhile: ${oneLine(body.configError)}\n`);
  if (body.models.length === 0) {
    stdout.write('No model yet. `meanwhile models add NAME --preset ollama --model …` sets up the first.\n');
    return EXIT.ok;
  }
  const rows = body.models.map((model) => [
    model.id,
    model.isDefault ? 'default' : '',
    model.model,
    model.problem ??
      (model.hasKey ? `key ${model.keyHint === undefined ? 'set' : `…${model.keyHint}`}` : 'no key'),
    model.baseUrl ?? model.provider,
  ]);
  const width = stdout.interactive ? { columns: stdout.columns } : {};
  writeLines(
    stdout,
    plainTable(['ID', '', 'MODEL', 'KEY', 'WHERE'], rows, { ...width, paint: stdout.paint }),
  );
  return EXIT.ok;
}
