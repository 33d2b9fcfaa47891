import chezsoi.fields.encrypted
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('territories', '0001_initial'),
        ('territories', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, verbose_name='key')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('kind', models.CharField(choices=[('people', 'people'), ('homes', 'homes')], max_length=10, verbose_name='kind')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.organisation', verbose_name='organisation')),
                ('territory', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='territories.territory', verbose_name='territory')),
            ],
            options={
                'verbose_name': 'source of files',
                'verbose_name_plural': 'sources of files',
                'constraints': [models.UniqueConstraint(fields=('territory', 'organisation', 'kind', 'key'), name='source_key_once_in_an_organisation')],
            },
        ),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='reference')),
                ('file_name', models.CharField(max_length=255, verbose_name='file name')),
                ('stored_name', models.CharField(blank=True, max_length=64, verbose_name='name of the kept copy')),
                ('sha256', models.CharField(max_length=64, verbose_name='digest')),
                ('size_bytes', models.PositiveBigIntegerField(verbose_name='size in bytes')),
                ('as_of_on', models.DateField(verbose_name='date of the file')),
                ('state', models.CharField(choices=[('reading', 'being read'), ('previewed', 'previewed'), ('loading', 'loading'), ('loaded', 'loaded'), ('undone', 'undone'), ('failed', 'failed')], default='previewed', max_length=10, verbose_name='state')),
                ('preview', chezsoi.fields.encrypted.EncryptedJSONField(blank=True, default=dict, verbose_name='preview')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='counts')),
                ('errors', chezsoi.fields.encrypted.EncryptedJSONField(blank=True, default=list, verbose_name='errors')),
                ('unknown_codes', chezsoi.fields.encrypted.EncryptedJSONField(blank=True, default=list, verbose_name='unknown codes')),
                ('failure', models.TextField(blank=True, verbose_name='reason of the failure')),
                ('opened_by_id', models.BigIntegerField(blank=True, null=True, verbose_name='account that sent it')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='rows to do')),
                ('opened_at', models.DateTimeField(verbose_name='sent at')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='loading started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='loading ended at')),
                ('forgotten_at', models.DateTimeField(blank=True, null=True, verbose_name='copy and errors erased at')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='files.source', verbose_name='source of files')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'indexes': [models.Index(fields=['source', 'state', 'finished_at'], name='import_last_of_source')],
            },
        ),
        migrations.CreateModel(
            name='ColumnMemory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('header', models.CharField(max_length=200, verbose_name='header, normalised')),
                ('field_key', models.CharField(blank=True, max_length=60, verbose_name='field')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='files.source', verbose_name='source of files')),
            ],
            options={
                'verbose_name': 'remembered column',
                'verbose_name_plural': 'remembered columns',
                'constraints': [models.UniqueConstraint(fields=('source', 'header'), name='column_remembered_once')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(unique=True, verbose_name='reference')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='page it led to')),
                ('received_at', models.DateTimeField(verbose_name='received at')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'form received',
                'verbose_name_plural': 'forms received',
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form_key', models.CharField(max_length=200, verbose_name='address of the form')),
                ('title', chezsoi.fields.encrypted.EncryptedTextField(blank=True, verbose_name='title')),
                ('writer', models.UUIDField(verbose_name='reference of the form')),
                ('sequence', models.BigIntegerField(verbose_name='sequence')),
                ('content', chezsoi.fields.encrypted.EncryptedJSONField(default=list, verbose_name='what was typed')),
                ('saved_at', models.DateTimeField(verbose_name='saved at')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
                'constraints': [models.UniqueConstraint(fields=('account', 'form_key'), name='one_draft_of_a_form')],
            },
        ),
        migrations.CreateModel(
            name='BatchChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField(verbose_name='sequence')),
                ('kind', models.CharField(choices=[('created', 'created'), ('updated', 'updated')], max_length=10, verbose_name='kind')),
                ('model_label', models.CharField(max_length=100, verbose_name='kind of record')),
                ('object_id', models.CharField(max_length=64, verbose_name='record')),
                ('before', chezsoi.fields.encrypted.EncryptedJSONField(blank=True, default=dict, verbose_name='values before')),
                ('digests', models.JSONField(blank=True, default=dict, verbose_name='digests of the values written')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='files.importbatch', verbose_name='import')),
            ],
            options={
                'verbose_name': 'change made by an import',
                'verbose_name_plural': 'changes made by an import',
                'constraints': [models.UniqueConstraint(fields=('batch', 'sequence'), name='change_sequence_once_in_an_import')],
            },
        ),
    ]
