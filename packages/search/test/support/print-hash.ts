import { hashOfDiscovery } from './hash-of-discovery.js';

// A program of its own: prints the hash for the seed it is given.
process.stdout.write(hashOfDiscovery(Number(process.argv[2])));
