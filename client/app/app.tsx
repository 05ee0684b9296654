import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { refreshForCaller } from '#client/api/session.ts';
import { shouldRetry, useAbout } from '#client/api/queries.ts';
import { onCallerChange } from '#client/state/session-store.ts';
import { viewStore } from '#client/state/view-store.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Shell } from './shell.tsx';
import { theme } from './theme.ts';

const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, gcTime: 600_000, retry: shouldRetry } },
});

/** Mantine writes style elements; the content security policy lets them in by this number. */
const styleNonce = () =>
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';

/** Everything around the screen: theme, data, and the last resort for faults. */
export function App() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary>
          <Root />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The address `/` stands for the first region that the service names as a root. */
function Root() {
  const root = useAbout().data?.roots[0];
  useEffect(() => {
    if (root !== undefined) viewStore.setRoot(root);
  }, [root]);
  useEffect(
    () =>
      onCallerChange((isFirst) => {
        if (!isFirst) refreshForCaller(queryClient);
      }),
    [],
  );
  return <Shell />;
}
