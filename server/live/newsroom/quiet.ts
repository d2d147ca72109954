import type { Logger } from 'pino';
import type { Quiet } from '../../../shared/newsroom-protocol.ts';
import type { NewsroomChannel } from '../../store/newsroom-channel.ts';
import { quietMessage } from './presence.ts';

/** Tells open desks what no change of the log tells. A desk that misses it reads again when it looks next. */
export const tellingQuietly =
  (channel: NewsroomChannel, log: Logger) =>
  (timeline: string, what: Quiet): void => {
    channel.tell(quietMessage(timeline, what)).catch((error: unknown) => {
      log.warn({ err: error, timeline, what }, 'open desks were not told');
    });
  };
