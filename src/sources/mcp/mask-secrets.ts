const SECRET_OPTION = /(--?[\w-]*(?:token|secret|password|passwd|api-?key|auth)[\w-]*)([= ])(\S+)/gi;

/** Takes the values of options that name a secret out of a command line. */
export const maskSecrets = (text: string): string => text.replace(SECRET_OPTION, '$1$2•••');
