import { z } from 'zod';
import { ROLES } from '../../platform/needs.ts';

export const RoleWord = z.enum(ROLES).meta({ id: 'AccessRole' });
