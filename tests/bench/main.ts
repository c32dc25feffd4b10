import { benchGeneration } from './generation.ts';
import { benchImport } from './import.ts';
import { benchSimulation } from './simulation.ts';
import { benchWindow } from './window.ts';

benchSimulation();
await benchImport();
await benchWindow();
benchGeneration();
