import Foundation
import RegistrarTestSupport
import Testing

/// Lines of a shell that change the clone's action to a state, and commit that.
private func change(_ state: String) -> String {
  "sed -i 's/status: .*/status: \(state)/' registers/actions/SECP/SECP1-01.yaml && git commit -q -a -m 'To \(state)'"
}

@Test func `a push over the network of git is judged, and its options stand in the log`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    Desk.daemon + """
      git -C server.git config receive.advertisePushOptions true
      git -C clone remote set-url origin $url
      cd clone
      \(change("ongoing")) && git push -q origin main
      \(change("odd"))
      if git push -o ticket=42 origin main 2>../refusal; then exit 9; fi
      grep -q "'odd' is none of" ../refusal
      grep -q '"options":\\["ticket=42"\\]' ../server.git/registrar/gate.log
      [ "$(git -C ../server.git rev-parse main)" = "$(git rev-parse HEAD~1)" ]
      """)
  #expect(isGood, "\(output)")
}

@Test(.enabled(if: areInstalled("nginx", "fcgiwrap", "htpasswd")))
func `over HTTP the server knows who pushes, and lets some change the rules`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    """
    set -e
    port=$(( ( $$ % 20000 ) + 40000 ))
    git -C server.git config http.receivepack true
    htpasswd -bc users owner secret 2>/dev/null && htpasswd -b users clerk secret 2>/dev/null
    echo 'schema_changes: [owner]' > server.git/registrar/server.yaml
    mkdir temporary
    cat > nginx.conf <<END
    user root;
    pid $PWD/nginx.pid;
    error_log $PWD/nginx.log;
    events {}
    http {
      access_log off;
      client_body_temp_path $PWD/temporary/body; fastcgi_temp_path $PWD/temporary/fastcgi;
      proxy_temp_path $PWD/temporary/proxy; scgi_temp_path $PWD/temporary/scgi;
      uwsgi_temp_path $PWD/temporary/uwsgi;
      server {
        listen 127.0.0.1:$port;
        auth_basic registers; auth_basic_user_file $PWD/users;
        location / {
          fastcgi_pass unix:$PWD/socket;
          fastcgi_param SCRIPT_FILENAME /usr/lib/git-core/git-http-backend;
          fastcgi_param GIT_PROJECT_ROOT $PWD; fastcgi_param GIT_HTTP_EXPORT_ALL 1;
          fastcgi_param PATH_INFO \\$uri; fastcgi_param QUERY_STRING \\$query_string;
          fastcgi_param REQUEST_METHOD \\$request_method;
          fastcgi_param CONTENT_TYPE \\$content_type; fastcgi_param CONTENT_LENGTH \\$content_length;
          fastcgi_param REMOTE_USER \\$remote_user; fastcgi_param PATH $PATH;
          fastcgi_param HOME $HOME; fastcgi_param GIT_CONFIG_NOSYSTEM 1;
        }
      }
    }
    END
    fcgiwrap -f -s unix:$PWD/socket 2>fcgiwrap.log & gateway=$!
    here=$PWD; trap 'kill $gateway $(cat $here/nginx.pid)' EXIT
    n=0; until [ -S socket ]; do n=$((n+1)); [ $n -lt 100 ] || exit 6; sleep 0.1; done
    nginx -p $PWD -c $PWD/nginx.conf 2>>nginx.log
    n=0; until git ls-remote http://owner:secret@127.0.0.1:$port/server.git >/dev/null 2>&1; do
      n=$((n+1)); [ $n -lt 50 ] || { cat nginx.log fcgiwrap.log; exit 7; }; sleep 0.1
    done
    cd clone
    if git ls-remote http://clerk:wrong@127.0.0.1:$port/server.git >/dev/null 2>&1; then exit 8; fi
    git remote add clerk http://clerk:secret@127.0.0.1:$port/server.git
    git remote add owner http://owner:secret@127.0.0.1:$port/server.git
    \(change("ongoing")) && git push -q clerk main
    \(change("odd")); if git push clerk main 2>../refusal; then exit 9; fi
    grep -q "'odd' is none of" ../refusal
    grep -q '"who":"clerk"' ../server.git/registrar/gate.log
    git reset -q --hard HEAD~1
    sed -i 's/"title": "Action"/"title": "An action"/' schema/action.schema.json
    git commit -q -a -m "Title"
    if git push clerk main 2>../refusal; then exit 10; fi
    grep -q "takes no change of the rules from 'clerk'" ../refusal
    git push -q owner main
    """)
  #expect(isGood, "\(output)")
}

@Test func `fifty pushes of ten clones at once lose nothing, and nothing wrong gets in`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    Desk.daemon + """
      for c in 0 1 2 3 4 5 6 7 8 9; do
        (
          set -e
          git clone -q $url c$c && cd c$c
          for i in 1 2 3 4; do
            printf 'id: SECP2%s/0%s\\nbody: SECP\\ntext: a\\nraised_in: SECP1\\nstatus: open\\n' $c $i \\
              > registers/actions/SECP/SECP2$c-0$i.yaml
            git add . && git commit -q -m "Action $c $i"
            n=0; until git push -q origin main 2>../c$c.push; do
              grep -Eq 'fetch first|failed to update ref|cannot lock ref|non-fast-forward|incorrect old value' ../c$c.push || { cat ../c$c.push; exit 1; }
              n=$((n+1)); [ $n -lt 200 ] || exit 2
              git pull -q --rebase origin main
            done
          done
          echo 'status: odd' >> registers/actions/SECP/SECP2$c-01.yaml
          git commit -q -a -m "Wrong"
          if git push -q origin HEAD:refs/heads/wrong$c 2>../c$c.push; then exit 3; fi
        ) > c$c.log 2>&1 &
        jobs="$jobs $!"
      done
      for job in $jobs; do wait $job || { cat c*.log; exit 5; }; done
      git -C server.git fsck --no-progress --no-dangling
      [ "$(git -C server.git for-each-ref --format='%(refname)')" = refs/heads/main ]
      git clone -q server.git whole && cd whole
      [ "$(ls registers/actions/SECP | wc -l)" = 41 ]
      [ "$(git rev-list --count main)" = 41 ]
      registrar check
      """)
  #expect(isGood, "\(output)")
}

@Test func `a client that dies half way leaves the server as it was`() throws {
  let desk = try Desk()
  try desk.server()
  let (isGood, output) = try desk.run(
    Desk.daemon + """
      before=$(git -C server.git rev-parse main)
      cd clone
      for i in $(seq 10 60); do
        printf 'id: SECP3/%s\\nbody: SECP\\ntext: %s\\nraised_in: SECP1\\nstatus: open\\n' $i "$(head -c 3000 /dev/urandom | base64 -w 0)" \\
          > registers/actions/SECP/SECP3-$i.yaml
      done
      git add . && git commit -q -m "Many"
      for bytes in 60 200 300 1000 20000 100000; do
        if git push -q --receive-pack="head -c $bytes | git-receive-pack" ../server.git main 2>/dev/null
        then exit 9; fi
        [ "$(git -C ../server.git rev-parse main)" = $before ] || exit 8
      done
      for delay in 0.005 0.02 0.05 0.1; do
        git push -q $url main:refs/heads/other 2>/dev/null & client=$!
        sleep $delay; kill -9 $client 2>/dev/null || true; wait $client || true
      done
      sleep 0.5
      git -C ../server.git fsck --no-progress --no-dangling
      git push -q $url main
      [ "$(git -C ../server.git rev-parse main)" = "$(git rev-parse main)" ]
      """)
  #expect(isGood, "\(output)")
}

@Test func `a server whose disk is full takes nothing half, and goes on when there is room`() throws
{
  let desk = try Desk()
  try desk.server()
  // A file system of its own in a name space of its own, which ends with the shell.
  let (isGood, output) = try desk.run(
    """
    cat > inside <<'END'
    set -e
    mkdir small && mount -t tmpfs -o size=2m small small
    git clone -q --bare server.git small/server.git
    cp -r server.git/hooks/pre-receive small/server.git/hooks/
    before=$(git -C small/server.git rev-parse main)
    cd clone
    head -c 4000000 /dev/urandom | base64 > note
    git add note && git commit -q -m "Large"
    if git push ../small/server.git main 2>../refusal; then exit 9; fi
    grep -qi 'no space' ../refusal
    [ "$(git -C ../small/server.git rev-parse main)" = $before ] || exit 8
    git -C ../small/server.git fsck --no-progress --no-dangling
    git reset -q --hard HEAD~1
    dd if=/dev/zero of=../small/filler bs=1k 2>/dev/null || true
    \(change("odd"))
    if git push ../small/server.git main 2>../refusal; then exit 7; fi
    rm ../small/filler && git reset -q --hard HEAD~1
    \(change("closed")) && git push -q ../small/server.git main
    END
    unshare --mount $([ "$(id -u)" = 0 ] || echo --user --map-root-user) sh inside
    """)
  #expect(isGood, "\(output)")
}
