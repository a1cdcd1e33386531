/**
 * What git and ssh run when they want to ask (`GIT_ASKPASS`, `SSH_ASKPASS`): passes the prompt on to the server that
 * runs them, and prints its answer. Arguments: the socket, the prompt. Without an answer its exit status is 1.
 */
import { connect } from 'node:net';

const [socketPath = '', prompt = ''] = process.argv.slice(2);
const socket = connect(socketPath, () => socket.end(prompt));
let answer = '';
socket.setEncoding('utf8');
socket.on('data', (text) => {
  answer += text;
});
socket.on('error', () => process.exit(1));
socket.on('end', () => {
  if (answer !== '') process.stdout.write(`${answer}\n`);
  process.exitCode = answer === '' ? 1 : 0;
});
