import { Body, Controller, Delete, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Id } from '../../platform/fields.ts';
import { Operation } from '../../platform/openapi/operation.ts';
import { type Page, PageQuery } from '../../platform/page.ts';
import { SignInLinks } from './sign-in-links.service.ts';
import { SignInLink, User, UserChange, UserCreation, UserPage } from './user.ts';
import { UsersService } from './users.service.ts';

/** Long enough to be sent to somebody who comes to work tomorrow. */
const LINK_MINUTES = 24 * 60;

@ApiTags('People and programs')
@Controller('v1/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly links: SignInLinks,
  ) {}

  @Get()
  @Operation({
    id: 'listUsers',
    needs: 'administrator',
    summary: 'List the users',
    answer: { schema: UserPage, description: 'One page of users, oldest first.' },
    problems: ['validation'],
  })
  list(@Query({ schema: PageQuery }) query: PageQuery): Promise<Page<User>> {
    return this.users.list(query);
  }

  @Post()
  @Operation({
    id: 'createUser',
    needs: 'administrator',
    summary: 'Create a user',
    description:
      'Without a password, make a sign-in link next, with which the user sets one. `role` holds everywhere; `sites` gives roles at single sites.',
    answer: { status: 201, schema: User, description: 'The user.' },
    problems: ['validation', 'conflict'],
    location: '/v1/users/{id}',
    idempotent: true,
  })
  create(@Body({ schema: UserCreation }) body: UserCreation): Promise<User> {
    return this.users.create(body);
  }

  @Get(':userId')
  @Operation({
    id: 'getUser',
    needs: 'administrator',
    summary: 'Read a user',
    answer: { schema: User, description: 'The user.' },
    problems: ['validation', 'not-found'],
  })
  get(@Param('userId', { schema: Id }) userId: string): Promise<User> {
    return this.users.get(userId);
  }

  @Patch(':userId')
  @Operation({
    id: 'changeUser',
    needs: 'administrator',
    summary: 'Change a user',
    description:
      'A field that is left out stays as it is; `sites` is replaced as a whole. A new password, or null for none, ends the sessions of the user.',
    answer: { schema: User, description: 'The user as it is now.' },
    problems: ['validation', 'not-found', 'conflict'],
  })
  change(
    @Param('userId', { schema: Id }) userId: string,
    @Body({ schema: UserChange }) body: UserChange,
  ): Promise<User> {
    return this.users.change(userId, body);
  }

  @Delete(':userId')
  @Operation({
    id: 'endUser',
    needs: 'administrator',
    summary: 'End a user: its sessions end at once',
    answer: { status: 204, description: 'The user is refused from now on; the name is free again.' },
    problems: ['validation', 'not-found', 'conflict'],
  })
  end(@Param('userId', { schema: Id }) userId: string): Promise<void> {
    return this.users.end(userId);
  }

  @Post(':userId/links')
  @Operation({
    id: 'createSignInLink',
    needs: 'administrator',
    summary: 'Make a link with which a user signs in once',
    description: 'For the first sign-in and for a password that was forgotten. It is good for 24 hours.',
    answer: {
      status: 201,
      schema: SignInLink,
      description: 'The link, below the address of Mailpath. It is shown this once and never again.',
    },
    problems: ['validation', 'not-found', 'conflict'],
  })
  async link(@Param('userId', { schema: Id }) userId: string): Promise<SignInLink> {
    const { id } = await this.users.signedInHere(userId);
    return this.links.make(id, LINK_MINUTES);
  }
}
