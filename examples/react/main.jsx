import { browserStorage, connect, Session } from '@switchboard/client';
import { SwitchboardProvider } from '@switchboard/react';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Inbox } from './inbox';

const url = location.origin;
const session = new Session({ url, storage: browserStorage() });
const open = () => connect({ url, token: session.token, outbox: browserStorage() });

function App() {
  const [client, setClient] = useState(() => (session.signedIn ? open() : undefined));
  if (!client) return <SignIn onSignedIn={() => setClient(open())} />;
  const signOut = async () => {
    await session.signOut();
    client.close();
    setClient(undefined);
  };
  return (
    <SwitchboardProvider client={client}>
      <Inbox onSignOut={signOut} />
    </SwitchboardProvider>
  );
}

function SignIn({ onSignedIn }) {
  const [trouble, setTrouble] = useState('');
  const submit = async (event) => {
    event.preventDefault();
    setTrouble('');
    try {
      await session.signIn(Object.fromEntries(new FormData(event.target)));
      onSignedIn();
    } catch (error) {
      setTrouble(error.message);
    }
  };
  return (
    <form className="sign-in" onSubmit={submit}>
      <h1>Inbox</h1>
      <label>
        Email
        <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <button type="submit">Sign in</button>
      <p role="alert">{trouble}</p>
    </form>
  );
}

createRoot(document.getElementById('root')).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
