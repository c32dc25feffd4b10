import { benchSimulation } from './simulation.ts';

benchSimulation();
