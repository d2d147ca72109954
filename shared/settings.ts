import { z } from 'zod';

/** How the newsroom of a timeline works. Readers see nothing of it, so it is no part of the Timeline. */
export const settingsSchema = z
  .object({
    approval: z.boolean().meta({ description: 'An editor approves what reporters publish.' }),
    hold: z.boolean().meta({ description: 'Nothing is published, scheduled updates included, until it is off again.' }),
    revision: z.number().int(),
  })
  .meta({ id: 'Settings' });
export type Settings = z.infer<typeof settingsSchema>;

export const settingsPatchSchema = z
  .strictObject(settingsSchema.omit({ revision: true }).partial().shape)
  .meta({ id: 'SettingsPatch' });
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;

/** Those of a timeline whose settings nobody has touched. */
export const initialSettings: Settings = { approval: false, hold: false, revision: 0 };
