/** What stands below the list of commands. */
export const EXAMPLES = `
Examples:
  meanwhile start --port 4600                  run a host here
  meanwhile tasks --watch                      see what is running
  meanwhile call git.clone url=https://… depth=1
  meanwhile call git.clone '{"url": "https://…"}' --detach
  meanwhile task 4f9k2c --follow               follow one to its end (the end of an id will do)
  meanwhile answer 4f9k2c                      answer what it asks, field by field
  meanwhile answer 4f9k2c colour=red           the same in a script
  meanwhile cancel 4f9k2c
  meanwhile assignments add --at "every weekday at 9:00" -- git.fetch repository=~/work
  meanwhile assignments add --when task:failed --text "Look at what failed"
  meanwhile stop --wait                        stop when no work would be cut off
  meanwhile servers add notes --command 'npx -y notes-mcp' --env TOKEN=…
  meanwhile models add home --preset ollama --model qwen3
  meanwhile servers set notes folder=/srv/notes folder=/home/me/notes

Exit status: 0 ok, 1 the work failed, 2 wrong usage, 3 no host reachable, 130 interrupted.
Environment: MEANWHILE_HOME (data folder), PORT (for start), NO_COLOR.
`;
