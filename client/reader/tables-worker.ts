/** Its name is the language of the page. Runs beside it, once, and is gone (tables.ts). */
const own = self as unknown as { name: string; postMessage(message: null): void };
new Intl.RelativeTimeFormat(own.name).format(0, 'minute');
new Intl.DateTimeFormat(own.name).format();
new Intl.Locale(own.name).maximize();
own.postMessage(null);

export {};
