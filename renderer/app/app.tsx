import { CSPProvider } from '@base-ui/react/csp-provider';
import { useEffect } from 'react';
import { type Settings, settingsSchema } from '../../shared/contract/settings.ts';
import type { Client } from '../client/client.ts';
import { ClientProvider, useCall, valueOf } from '../client/use-client.tsx';
import { DensityContext } from '../ui/density.tsx';
import { TooltipProvider } from '../ui/tooltip.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Frame } from './frame.tsx';

export function App({ client }: { readonly client: Client }) {
  return (
    // The page's policy forbids <style> elements; what they would hold stands in our own files.
    <CSPProvider disableStyleElements>
      <ErrorBoundary what="the window" resetKey="">
        <ClientProvider client={client}>
          <TooltipProvider delay={500}>
            <Themed />
          </TooltipProvider>
        </ClientProvider>
      </ErrorBoundary>
    </CSPProvider>
  );
}

const firstSettings: Settings = settingsSchema.parse({});

function Themed() {
  const answer = useCall('settings.get', {});
  const settings = valueOf(answer) ?? firstSettings;
  useEffect(() => {
    const root = document.documentElement;
    if (settings.theme === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = settings.theme;
  }, [settings.theme]);
  return (
    <DensityContext value={settings.density}>
      <Frame settings={settings} />
    </DensityContext>
  );
}
