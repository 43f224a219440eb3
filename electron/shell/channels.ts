/** Names of everything that crosses between the window and the main process. Nothing else may be sent or handled. */
export const channels = {
  /** page -> main, answered */
  chooseFolder: 'native.chooseFolder',
  chooseWorkspaceFile: 'native.chooseWorkspaceFile',
  /** page -> main: asks for a port to the engine; also after a reload. Answered by `enginePort`. */
  requestEnginePort: 'engine.requestPort',
  /** main -> page: one port to the engine. */
  enginePort: 'engine.port',
  /** main -> page: the engine process is gone; a new port follows when it is back. */
  engineStopped: 'engine.stopped',
  /** main -> page */
  menuAction: 'menu.action',
} as const;

export const appScheme = 'app';
export const appHost = 'countersign';
/** What the address of every page of ours starts with. */
export const appOrigin = `${appScheme}://${appHost}`;
/** Addresses that other programs may hand to us: `countersign://inventory?...`. */
export const linkScheme = 'countersign';
