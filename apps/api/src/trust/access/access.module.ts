import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.ts';
import { Admission } from './admission.ts';
import { ApiKeyEntity } from './api-key.entity.ts';
import { ApiKeysController } from './api-keys.controller.ts';
import { ApiKeysService } from './api-keys.service.ts';
import { Callers } from './callers.service.ts';
import { OwnSessionsController } from './own-sessions.controller.ts';
import { OwnSessions } from './own-sessions.service.ts';
import { SessionController } from './session.controller.ts';
import { SessionEntity } from './session.entity.ts';
import { OpenIdUsers } from './openid-users.service.ts';
import { Sessions } from './sessions.service.ts';
import { SignInLinkEntity } from './sign-in-link.entity.ts';
import { SignInLinks } from './sign-in-links.service.ts';
import { UserEntity } from './user.entity.ts';
import { UserRoleEntity } from './user-role.entity.ts';
import { UsersController } from './users.controller.ts';
import { UsersService } from './users.service.ts';

@Module({
  imports: [
    TypeOrmModule.forFeature([ApiKeyEntity, UserEntity, UserRoleEntity, SessionEntity, SignInLinkEntity]),
  ],
  controllers: [ApiKeysController, OwnSessionsController, SessionController, UsersController],
  providers: [
    ApiKeysService,
    Callers,
    OpenIdUsers,
    OwnSessions,
    Sessions,
    SignInLinks,
    UsersService,
    AccessGuard,
    Admission,
    { provide: APP_GUARD, useExisting: AccessGuard },
  ],
  exports: [Admission, ApiKeysService, Callers, OpenIdUsers, Sessions, SignInLinks, UsersService],
})
export class AccessModule {}
