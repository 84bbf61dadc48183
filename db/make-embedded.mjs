// Makes an empty embedded database in the directory of its argument and ends: see `openEmbedded`. Plain JavaScript, so that it needs nobody to
// translate it.
import { PGlite } from '@electric-sql/pglite';

const database = await PGlite.create({ dataDir: process.argv[2] });
await database.close();
