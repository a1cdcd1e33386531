import xxhash from 'xxhash-wasm';

const api = await xxhash();

/**
 * XXH64: against faults of disks, memory and programs, not against forgery. It is as fast as the memory, so that each
 * byte can be hashed twice, on its way out and when it is read back.
 */
export const newHash = () => api.create64();
