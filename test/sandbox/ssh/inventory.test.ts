import { describe, expect, test } from 'vitest';
import { agentOverSsh, sshArgv } from '../../../src/sandbox/remote/ssh.ts';
import { explainSsh } from '../../../src/sandbox/remote/ssh-errors.ts';
import { parseInventory } from '../../../src/sandbox/ssh/inventory.ts';

const faults = (text: string) =>
  parseInventory('machines.yaml', text).diagnostics.map(
    ({ place, message, instead }) =>
      `${place.line}:${place.column} ${message}${instead ? ` ${instead}` : ''}`,
  );

describe('the inventory', () => {
  test('has a destination, or a map', () => {
    const text = `
lab:
  host: root@lab1
  node01: { ssh: 'ssh://ann@lab2:2222', sudo: false, address: 192.0.2.7, options: [-o, ProxyJump=bastion] }
`;
    expect(parseInventory('machines.yaml', text)).toEqual({
      diagnostics: [],
      sandboxes: {
        lab: {
          host: { ssh: 'root@lab1', sudo: true, options: [] },
          node01: {
            ssh: 'ssh://ann@lab2:2222',
            sudo: false,
            address: '192.0.2.7',
            options: ['-o', 'ProxyJump=bastion'],
          },
        },
      },
    });
  });

  test.each([
    ['lab:\n  host: { sh: x }\n', /^2:11 Unknown field `sh`\. did you mean `ssh`\?/],
    ['lab:\n  host: { ssh: x, address: 10.0.0.300 }\n', /^2:28 This is no IPv4 address/],
    ['lab:\n  host: -oProxyCommand=evil\n', /^2:9 This is no destination of ssh/],
    ['lab:\n  host: { ssh: a, sudo: maybe }\n', /^2:\d+ `sudo` must be `true` or `false`, not a text/],
    ['lab:\n  host: 7\n', /^2:\d+ A machine is a destination of ssh, or a map/],
    ['lab: [a]\n', /^1:6 /],
    ['lab: {}\n', /^1:\d+ A sandbox has at least one machine/],
    ['lab:\n\thost: x\n', /^2:1 YAML is indented with blanks/],
    ['lab:\n  host: x\nlab:\n  host: y\n', /^3:1 This key is here twice/],
    ['- lab\n', /^1:1 /],
  ])('%j is told with its place', (text, told) => {
    const [first] = faults(text);
    expect(first).toMatch(told);
    expect(parseInventory('machines.yaml', text).sandboxes).toBeUndefined();
  });
});

describe('ssh', () => {
  test('asks nothing, notices a dead peer, and shares a connection', () => {
    const argv = sshArgv({ destination: 'ann@lab', options: ['-F', '/x'] }).join(' ');
    for (const part of ['BatchMode=yes', 'ServerAliveInterval=10', 'ControlMaster=auto', '-F /x -- ann@lab'])
      expect(argv).toContain(part);
    expect(sshArgv({ destination: 'ann@lab' }).join()).not.toBe(sshArgv({ destination: 'bob@lab' }).join());
  });

  test('starts the agent by one line that every shell reads alike', () => {
    const line = agentOverSsh({ destination: 'lab' }).at(-1)!;
    expect(line).toMatch(/^exec 'sh' '-c' /);
    expect(line).not.toMatch(/[!\n]/);
    expect(agentOverSsh({ destination: 'lab', sudo: 'no' }).at(-1)).not.toContain('sudo');
  });

  test.each([
    ['Host key verification failed.', 'ssh-unknown-host-key'],
    ['ann@lab: Permission denied (publickey).', 'ssh-denied'],
    ['ssh: Could not resolve hostname lab: Name or service not known', 'ssh-no-such-host'],
    ['ssh: connect to host lab port 22: Connection refused', 'ssh-not-reached'],
    ['sudo: a password is required', 'sudo-password'],
    ['bob is not in the sudoers file.', 'sudo-refused'],
    ['wirebook: no perl', 'no-perl'],
    ['something new', 'ssh-failed'],
  ])('%s', (said, code) => {
    const error = explainSsh('lab', { exit: 255, said: `motd\n${said}\n` });
    expect(error).toMatchObject({ code, exit: 3 });
    expect(error.message).toContain(`  ${said}`);
    expect(error.next.length).toBeGreaterThan(0);
  });
});
