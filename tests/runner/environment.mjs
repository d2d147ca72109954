import { ModernFakeTimers } from '@jest/fake-timers';
import NodeEnvironment from 'jest-environment-node';

/**
 * The context in which Jest itself runs. Tests run in the global scope of Node (see runner.mjs): the timers that they put
 * under their control are the ones there, and `expect.any(String)` means the String of there.
 */
export default class Environment extends NodeEnvironment {
  constructor(config, context) {
    super(config, context);
    this.fakeTimersModern = new ModernFakeTimers({ config: config.projectConfig, global: globalThis });
    for (const kind of [Array, BigInt, Boolean, Function, Number, Object, String, Symbol])
      this.global[kind.name] = kind;
  }
}
