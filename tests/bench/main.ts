import { benchImport } from './import.ts';
import { benchSimulation } from './simulation.ts';

benchSimulation();
await benchImport();
