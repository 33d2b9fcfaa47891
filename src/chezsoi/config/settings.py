"""
Django's settings, all from the environment (see `environment`).

SQLite is opened with IMMEDIATE transactions, WAL and synchronous=FULL: acknowledged means durable.
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from chezsoi.config import environment

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = environment.read(root=ROOT)

DEBUG = False
DEMO = ENVIRONMENT.demo
SECRET_KEY = ENVIRONMENT.secret("secret_key")
ENCRYPTION_KEY = ENVIRONMENT.secret("encryption_key")
DATA_DIR = ENVIRONMENT.data_dir
SCANNER = ENVIRONMENT.scanner
REFERENCE_DIR = ROOT / "data"
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)

INSTALLED_APPS = [
    "chezsoi.config",
    "chezsoi.portal",
    "chezsoi.journeys",
    "chezsoi.observatory",
    "chezsoi.siao",
    "chezsoi.tenancies",
    "chezsoi.allocation",
    "chezsoi.support",
    "chezsoi.people",
    "chezsoi.homes",
    "chezsoi.files",
    "chezsoi.territories",
    "chezsoi.trail",
    "chezsoi.ui",
    "chezsoi.fields",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "chezsoi.territories.middleware.SessionLimitsMiddleware",
    "chezsoi.territories.middleware.ActorMiddleware",
    "chezsoi.portal.busy.BusyDatabaseMiddleware",
]

ROOT_URLCONF = "chezsoi.config.urls"
WSGI_APPLICATION = "chezsoi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "chezsoi.portal.navigation.navigation",
            ],
            "builtins": ["chezsoi.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "chezsoi.ui.forms.Renderer"

DATABASES = {"default": environment.database(ENVIRONMENT.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "territories.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "chezsoi.territories.passwords.NotARowOfKeys"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
SECOND_FACTOR = ENVIRONMENT.second_factor
IDLE_MINUTES = ENVIRONMENT.idle_minutes
SITE_URL = ENVIRONMENT.site_url
BEHIND_PROXY = ENVIRONMENT.is_server
OIDC_ISSUER, OIDC_NAME = ENVIRONMENT.oidc_issuer, ENVIRONMENT.oidc_name
OIDC_CLIENT_ID, OIDC_CLIENT_SECRET = ENVIRONMENT.oidc_client_id, ENVIRONMENT.oidc_client_secret
# allauth keeps second factors; every page, form and limit of the entrance is ours (decision 9).
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
MFA_ADAPTER = "chezsoi.territories.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "chezsoi"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENVIRONMENT.is_server
LOGIN_URL = "portal:sign-in"
SECOND_FACTOR_URL = "portal:second-factor"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "portal:home"

MAIL = environment.mail(ENVIRONMENT.mail_url)
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL.backend, DATA_DIR / "mail"
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL.host, MAIL.port, 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_tls_from_the_start, MAIL.is_tls_after_greeting
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Who is told, after the commit, whose facts an act changed (decision 24).
HOUSEHOLDS_CHANGED = "chezsoi.journeys.affordability.estimate_changed"

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = ENVIRONMENT.data_dir / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
MEDIA_ROOT = ENVIRONMENT.data_dir / "uploads"

DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "chezsoi.territories.sessions"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
COOKIE_PREFIX = ""
CSRF_FAILURE_VIEW = "chezsoi.portal.views.errors.session_expired"
if ENVIRONMENT.is_server:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, COOKIE_PREFIX = "__Host-session", "__Host-csrf", "__Host-"
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ENVIRONMENT.hosts]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": ENVIRONMENT.log_level},
}
