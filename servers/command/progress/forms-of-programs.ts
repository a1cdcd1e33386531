import { count, type Form, percent } from './form.ts';

/** `Receiving objects:  45% (450/1000), 1.2 MiB | 3 MiB/s`, also with `remote: ` before it. */
export const git: Form = {
  name: 'git',
  strength: 3,
  read(line) {
    const match = /^(?:remote: )?([A-Z][a-z]+ [a-z]+): +\d{1,3}% \((\d+)\/(\d+)\)/.exec(line);
    return match ? count(match[1]!, match[2], match[3]) : undefined;
  },
};

/** curl's table: ` 38 28.6M   38 10.9M    0     0  14.9M      0  0:00:01 --:--:--  0:00:01 14.9M`. */
export const curlMeter: Form = {
  name: 'curl',
  strength: 3,
  read(line) {
    const size = String.raw`\s+[\d.]+[kMGTP]?`;
    const part = String.raw`\s+\d{1,3}${size}`;
    const time = String.raw`\s+[\d:dhm-]+`;
    const meter = new RegExp(
      `^\\s*(\\d{1,3})${size}${part}${part}${size}${size}${time.repeat(3)}${size}\\s*$`,
    );
    const match = meter.exec(line);
    // Before the size is known curl prints 0 of 0.
    return match && !/^\s*\d+\s+0\s/.test(line) ? percent('curl', match[1]) : undefined;
  },
};

/** curl's bar (`-#`): `#######      18.1%`. */
export const curlBar: Form = {
  name: 'curl -#',
  strength: 3,
  read(line) {
    const match = /^#+\s+(\d{1,3}\.\d)%\s*$/.exec(line);
    return match ? percent('curl', match[1]) : undefined;
  },
};

/** wget's dots (`   50K .......... ..........  0% 1.24G 0s`) and its bar (`file.iso   14%[=>    ] 4.05M`). */
export const wget: Form = {
  name: 'wget',
  strength: 3,
  read(line) {
    const dots = /^\s*\d+[KMG] [ .,]+\s(\d{1,3})% /.exec(line);
    if (dots) return percent('wget', dots[1]);
    const bar = /^(\S.*?)\s+(\d{1,3})%\[[=+>< ]*\]\s/.exec(line);
    return bar ? percent(`wget ${bar[1]}`, bar[2]) : undefined;
  },
};

/** pytest (`test_a.py .....   [ 45%]`), cmake and others (`[ 45%] Building C object`). */
export const bracketedPercent: Form = {
  name: '[nn%]',
  strength: 3,
  read(line) {
    const match = /^\[\s*(\d{1,3})%\](?=\s)/.exec(line) ?? /\s\[\s*(\d{1,3})%\]\s*$/.exec(line);
    return match ? percent('[%]', match[1]) : undefined;
  },
};
