import type { Redis } from 'ioredis';
import { asUnavailable, type Commands } from './connection.ts';
import { type Keys, keysWith } from './keys.ts';
import type { NewsroomChannel } from './newsroom-channel.ts';

/** The channel on Redis’s pub/sub, which carries a message to every node of a cluster too. */
export class RedisNewsroomChannel implements NewsroomChannel {
  readonly #redis: Commands;
  readonly #subscriber: Redis;
  readonly #keys: Keys;

  constructor(redis: Commands, subscriber: Redis, options: { prefix?: string } = {}) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    this.#keys = keysWith(options.prefix ?? 'dm');
  }

  async tell(message: string): Promise<void> {
    try {
      await this.#redis.publish(this.#keys.newsroom, message);
    } catch (error) {
      throw asUnavailable(error);
    }
  }

  async hear(listener: (message: string) => void): Promise<() => Promise<void>> {
    const channel = this.#keys.newsroom;
    const onMessage = (on: string, message: string): void => {
      if (on === channel) listener(message);
    };
    this.#subscriber.on('message', onMessage);
    await this.#subscriber.subscribe(channel);
    return async () => {
      this.#subscriber.off('message', onMessage);
      await this.#subscriber.unsubscribe(channel);
    };
  }
}
