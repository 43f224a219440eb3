import { create } from 'zustand';

/** Words for the live region: what changed without the person moving there. */
export const useAnnouncement = create<{ readonly text: string }>(() => ({ text: '' }));

export const announce = (text: string): void => useAnnouncement.setState({ text });
