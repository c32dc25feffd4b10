import { benchGeneration } from './generation.ts';
import { benchHistory } from './history.ts';
import { benchImport } from './import.ts';
import { benchInference } from './inference.ts';
import { benchReplay } from './replay.ts';
import { benchResponsiveness } from './responsiveness.ts';
import { benchSimulation } from './simulation.ts';
import { benchTraining } from './training.ts';
import { benchWindow } from './window.ts';

benchSimulation();
benchInference();
await benchHistory();
await benchImport();
await benchWindow();
await benchReplay();
await benchResponsiveness();
benchGeneration();
benchTraining();
