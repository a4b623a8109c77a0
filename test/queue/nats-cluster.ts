/** Three of Debian's nats-servers that keep a stream together, on loopback; each can be killed, and started again. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { freePort, NatsServer } from './nats-server.ts';

export class NatsCluster {
  readonly servers: readonly NatsServer[];

  private constructor(servers: readonly NatsServer[]) {
    this.servers = servers;
  }

  static async start(folder: string): Promise<NatsCluster> {
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    const routes = ports.map((port) => `nats://127.0.0.1:${port}`).join(',');
    const cluster = new NatsCluster(
      ports.map(
        (port, at) =>
          new NatsServer(join(folder, `n${at}`), [
            ...['--name', `n${at}`, '--cluster_name', 'wirebook'],
            ...['--cluster', `nats://127.0.0.1:${port}`, '--routes', routes],
          ]),
      ),
    );
    await Promise.all(cluster.servers.map((server) => server.start()));
    await cluster.settled();
    return cluster;
  }

  /** Of all of them, as `--nats` takes it. */
  get url(): string {
    return this.servers.map(({ url }) => url).join(',');
  }

  /** They have chosen who of them leads. */
  async settled(): Promise<void> {
    for (;;) {
      try {
        const nc = await connect({
          servers: this.servers.map(({ port }) => `127.0.0.1:${port}`),
          timeout: 2000,
        });
        try {
          const jsm = await jetstreamManager(nc, { timeout: 2000 });
          await jsm.streams.list().next();
          return;
        } finally {
          await nc.close();
        }
      } catch {
        await sleep(100);
      }
    }
  }

  /** The one that leads a stream, by its number, and how many hold it. */
  async leaderOf(stream: string): Promise<{ leader: number; replicas: number }> {
    const nc = await connect({ servers: this.servers.map(({ port }) => `127.0.0.1:${port}`) });
    try {
      const { cluster, config } = await (await jetstreamManager(nc)).streams.info(stream);
      return { leader: Number(cluster?.leader?.slice(1)), replicas: config.num_replicas };
    } finally {
      await nc.close();
    }
  }

  async kill(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.kill()));
  }
}
