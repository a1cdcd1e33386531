import '../runtime/compile-cache.ts';

await import('./start.ts');
