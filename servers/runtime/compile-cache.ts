import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

/*
 * What Node makes of our files and of the packages is kept between starts: that saves most of the work of a start. It
 * must be asked for before anything else is loaded. Where the folder cannot be written, nothing is kept.
 */

enableCompileCache(resolve(import.meta.dirname, '../../dist/compile-cache'));
