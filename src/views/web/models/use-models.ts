import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '../data/api.ts';

const KEY = ['models'];

/** The models that are set up, and what is known of usual servers. */
export const useModels = () => useQuery({ queryKey: KEY, queryFn: api.models });

/** To be called when something about the models was changed here. */
export function useModelsChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}
