import { describe, expect, test } from 'vitest';
import { machineFields, ownSshConfig, progressOf, sshEntries } from '../../../src/sandbox/vagrant/output.ts';
import { idleSeconds } from '../../../src/sandbox/vagrant/settings.ts';

describe('what vagrant prints', () => {
  test('for machines to read', () => {
    const text = `1700000000,,ui,info,Current machine states:\\n
1700000001,host,provider-name,libvirt
1700000001,host,state,running
1700000001,host,state-human-long,The Libvirt domain is running. To stop%!(VAGRANT_COMMA) run x.
a line of some plugin, which is none
`;
    expect(machineFields(text)).toEqual([
      { target: '', type: 'ui', data: ['info', 'Current machine states:\n'] },
      { target: 'host', type: 'provider-name', data: ['libvirt'] },
      { target: 'host', type: 'state', data: ['running'] },
      {
        target: 'host',
        type: 'state-human-long',
        data: ['The Libvirt domain is running. To stop, run x.'],
      },
    ]);
  });

  test('while it works: what a person wants to know of it', () => {
    expect(progressOf('==> host: Machine booted and ready!')).toEqual({
      message: 'host: Machine booted and ready!',
    });
    expect(
      progressOf('\x1b[0m    box: Progress: 42% (Rate: 5M/s, Estimated time remaining: 0:01:10)'),
    ).toEqual({
      message: 'getting the box: 42%',
      fraction: 0.42,
    });
    expect(progressOf('==> host:  -- Memory:            1024M')).toBeUndefined();
    expect(progressOf('    host: SSH username: vagrant')).toBeUndefined();
    expect(progressOf('')).toBeUndefined();
  });
});

const CONFIG = `Host host
  HostName 192.168.121.35
  User vagrant
  Port 2222
  UserKnownHostsFile /dev/null
  StrictHostKeyChecking no
  PasswordAuthentication no
  IdentityFile "/home/ann/a b/insecure_private_key"
  IdentitiesOnly yes
  LogLevel FATAL

Host node01
  HostName 10.0.0.9
  ProxyCommand ssh somewhere -W %h:%p
`;

describe('the ssh configuration', () => {
  test('keeps who the machines are', () => {
    const own = ownSshConfig(CONFIG, '/home/ann/known hosts');
    expect(own).toContain('UserKnownHostsFile "/home/ann/known hosts"');
    expect(own).toContain('Host node01\n  HostKeyAlias wirebook-node01\n');
    expect(own).toContain('IdentityFile "/home/ann/a b/insecure_private_key"');
    expect(own).not.toMatch(/dev\/null|FATAL|StrictHostKeyChecking no/);
  });

  test('says where they are', () => {
    expect(sshEntries(ownSshConfig(CONFIG, '/k'))).toEqual([
      { host: 'host', hostName: '192.168.121.35', port: 2222, proxied: false },
      { host: 'node01', hostName: '10.0.0.9', port: 22, proxied: true },
    ]);
  });
});

test('what becomes of the machines', () => {
  expect(idleSeconds('')).toBe(600);
  expect(idleSeconds('keep')).toBe(0);
  expect(idleSeconds('halt')).toBe(20);
  expect(idleSeconds('5m')).toBe(300);
  expect(() => idleSeconds('sometimes')).toThrow('"sometimes" does not say what becomes of the machines');
});
