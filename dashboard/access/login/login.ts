import express, { Router, type Request, type Response } from 'express';
import { encode } from 'html-entities';
import { z } from 'zod';
import type { Pages } from '../../pages/page.ts';
import type { Access } from '../access.ts';
import { limitLogins } from './limits.ts';
import { createPasswordCheck } from './passwords.ts';
import { cookieName, type Sessions } from './sessions.ts';
import type { UsersFile } from './users-file.ts';

interface LoginParts {
  readonly users: UsersFile;
  readonly sessions: Sessions;
  readonly pages: Pages;
  readonly personOf: Access['personOf'];
  readonly audit: Access['audit'];
}

const formSchema = z.object({
  name: z.string().max(64).default(''),
  password: z.string().max(1024).default(''),
  next: z.string().max(2000).default('/'),
});

/** `/login` and `/logout`: forms that the server renders, without a program. */
export function loginRoutes({ users, sessions, pages, personOf, audit }: LoginParts): Router {
  const check = createPasswordCheck();

  const sendForm = (request: Request, response: Response, form: Form, failure?: string) => {
    pages.send(request, response, undefined, {
      title: 'Log in',
      lead: 'This dashboard shows and changes jobs: it asks who you are.',
      content: renderForm(form, failure),
    });
  };

  const logIn = async (request: Request, response: Response) => {
    const form = formOf(request);
    const user = users.find(form.name);
    const kept = { at: new Date(), peer: request.ip, action: 'log in' };
    if (!(await check(user?.password, form.password)) || user === undefined) {
      // The name is kept only when it is somebody's: people type passwords into the wrong field.
      const person = user?.name ?? '(unknown name)';
      await audit({ ...kept, person, status: 401 }).catch(() => undefined);
      response.status(401);
      sendForm(request, response, form, 'The name or the password is wrong.');
      return;
    }
    await sessions.begin(request, user);
    await audit({ ...kept, person: user.name, status: 303 }).catch(() => undefined);
    response.redirect(303, ownPath(form.next));
  };

  const refuse = (request: Request, response: Response) => {
    const seconds = Number(response.getHeader('retry-after'));
    const wait = `Try again in ${Math.ceil(seconds / 60)} min.`;
    response.status(429);
    sendForm(request, response, formOf(request), `Too many logins have failed. ${wait}`);
  };

  const readForm = express.urlencoded({ extended: false, limit: '8kb', parameterLimit: 10 });
  return Router()
    .get('/login', (request, response) => {
      const next = typeof request.query.next === 'string' ? request.query.next : '/';
      if (personOf(request)) response.redirect(303, ownPath(next));
      else sendForm(request, response, { name: '', next });
    })
    .post(
      '/login',
      readForm,
      limitLogins((request) => formOf(request).name, refuse),
      logIn,
    )
    .get('/logout', (request, response) => {
      const person = personOf(request);
      if (!person?.hasSession) {
        response.redirect(303, '/login');
        return;
      }
      pages.send(request, response, person, {
        title: 'Log out',
        lead: `You are ${person.name}, with the role ${person.role}.`,
        content: '<form method="post" action="/logout"><button>Log out</button></form>',
      });
    })
    .post('/logout', async (request, response) => {
      const person = personOf(request);
      if (person?.hasSession) {
        await sessions.end(request);
        const kept = { at: new Date(), peer: request.ip, action: 'log out' };
        await audit({ ...kept, person: person.name, status: 303 }).catch(() => undefined);
      }
      response.clearCookie(cookieName).redirect(303, '/login');
    });
}

interface Form {
  readonly name: string;
  readonly next: string;
}

function formOf(request: Request): z.infer<typeof formSchema> {
  return formSchema.safeParse(request.body ?? {}).data ?? { name: '', password: '', next: '/' };
}

/** A path of this address: a link must not lead from the login to another site. */
function ownPath(next: string): string {
  const here = 'http://here.invalid';
  if (!URL.canParse(next, here)) return '/';
  const { origin, pathname, search } = new URL(next, here);
  // `//evil.example` would be read as a host once more.
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}

function renderForm({ name, next }: Form, failure: string | undefined): string {
  return [
    ...(failure === undefined ? [] : [`<p role="alert" class="failure">${encode(failure)}</p>`]),
    '<form method="post" action="/login" class="login card">',
    `<input type="hidden" name="next" value="${encode(next)}">`,
    `<label>Name<input name="name" value="${encode(name)}" autocomplete="username" autocapitalize="none" spellcheck="false" required maxlength="64"${name === '' ? ' autofocus' : ''}></label>`,
    `<label>Password<input name="password" type="password" autocomplete="current-password" required maxlength="1024"${name === '' ? '' : ' autofocus'}></label>`,
    '<button>Log in</button>',
    '</form>',
  ].join('\n');
}
