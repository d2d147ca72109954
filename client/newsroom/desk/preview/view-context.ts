import { useEffect, useMemo, useState } from 'preact/hooks';
import { liveFormats } from '../../../../shared/i18n/format.ts';
import type { LiveMessages } from '../../../../shared/i18n/messages.ts';
import type { Timeline } from '../../../../shared/timeline.ts';
import type { ViewContext } from '../../../../shared/view/context.ts';
import { messagesFor } from '../../../reader/language.ts';

/** What the reader’s components need: the words and formats of the timeline’s language. Null until they are loaded. */
export function useViewContext({ slug, language, timeZone }: Timeline, date: string | null): ViewContext | null {
  const [messages, setMessages] = useState<LiveMessages | null>(null);
  useEffect(() => {
    let isWanted = true;
    messagesFor(language).then((loaded) => isWanted && setMessages(() => loaded), console.error);
    return () => {
      isWanted = false;
    };
  }, [language]);
  const formats = useMemo(() => liveFormats(language, timeZone), [language, timeZone]);
  return useMemo(
    () => messages && { slug, language, messages, formats, date },
    [slug, language, messages, formats, date],
  );
}
