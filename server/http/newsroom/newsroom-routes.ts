import type { RequestHandler } from 'express';
import { sendText } from '../answers.ts';
import type { Front } from '../front.ts';
import { assetRead } from '../reads.ts';
import type { Route } from '../routes.ts';
import type { SecurityHeaders } from '../security-headers.ts';
import type { NewsroomAssets } from './newsroom-assets.ts';
import { newsroomShell } from './newsroom-shell.ts';

export interface NewsroomRouteParts {
  front: Front;
  security: SecurityHeaders;
  assets: NewsroomAssets;
  /** Of the reader’s pages, which the newsroom shares. */
  icon: string;
}

/** The newsroom’s one document, at every address of its pages, and the files of its build. */
export function newsroomRoutes({ front, security, assets, icon }: NewsroomRouteParts): Route[] {
  const document = newsroomShell(assets, icon);
  const shell: RequestHandler = (req, res) => {
    for (const [name, value] of Object.entries(security.newsroom)) res.setHeader(name, value);
    return sendText(req, res, 'text/html; charset=utf-8', document);
  };
  return [
    {
      method: 'GET',
      path: '/newsroom/assets/:file',
      handlers: [front.handler(assetRead(assets.folder, security.data))],
    },
    { method: 'GET', path: '/newsroom', handlers: [shell] },
    { method: 'GET', path: '/newsroom/*page', handlers: [shell] },
  ];
}
