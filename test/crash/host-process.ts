import { StatementSync } from 'node:sqlite';
import { createLogger } from '../../src/base/log.ts';
import { startHost } from '../../src/host/start-host.ts';
import { StdioGroupTransport } from '../../src/sources/mcp/transport/stdio-group-transport.ts';

/*
 * A whole host in a process of its own, which kills itself with SIGKILL at the named point. The points are set
 * from outside, on the engine and the transport, so that the product holds no switch for it.
 */

const [, , folder = '', point = 'never'] = process.argv;

const die = () => process.kill(process.pid, 'SIGKILL');
const isEnd = (values: unknown[]) =>
  values.some((value) => /"status":"(completed|failed|cancelled)"/.test(String(value)));
const isDelivery = (sql: string, values: unknown[]) =>
  /insert into "messages"/i.test(sql) && values.some((value) => String(value).includes('"type":"task"'));
const isEndSave = (sql: string, values: unknown[]) =>
  /"tasks"/i.test(sql) &&
  isEnd(values) &&
  values.some((value) => String(value).includes('"state":"pending"'));

const all = StatementSync.prototype.all;
StatementSync.prototype.all = function (this: StatementSync, ...values: unknown[]) {
  const sql = this.sourceSQL;
  if (point === 'end-arrived' && isEndSave(sql, values)) die();
  if (point === 'end-saved' && isDelivery(sql, values)) die();
  const rows = Reflect.apply(all, this, values);
  if (point === 'message-written' && isDelivery(sql, values)) die();
  return rows;
} as typeof all;

const send = StdioGroupTransport.prototype.send;
StdioGroupTransport.prototype.send = function (message, options) {
  if (point === 'row-written' && 'method' in message && message.method === 'tools/call') die();
  return send.call(this, message, options);
};

const host = await startHost({
  folder,
  port: 0,
  hostname: '127.0.0.1',
  env: process.env,
  log: createLogger(process.env.MEANWHILE_LOG ?? 'silent'),
});
process.stdout.write(`${JSON.stringify({ url: host.url, token: host.token })}\n`);
process.on('SIGTERM', () => void host.close());
